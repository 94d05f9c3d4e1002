// A mock interview: questions about a resume that arrive while they are written, answers, and feedback on them.

import { drawAccountShell } from "./account.js";
import { watchGrading } from "./interview/grading.js";
import { drawHistory } from "./interview/history.js";
import { drawLive } from "./interview/live.js";
import { drawShown } from "./interview/shown.js";
import { drawWish } from "./interview/wish.js";

drawAccountShell();
drawWish();
drawLive();
drawShown();
watchGrading();
drawHistory();
