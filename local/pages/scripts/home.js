// The front page: what runs, the clock, the model, the demo users.

import { drawAccountShell } from "./account.js";
import { drawClock } from "./home/clock.js";
import { drawFunctions } from "./home/functions.js";
import { drawModel } from "./home/model.js";
import { drawUsers } from "./home/users.js";
import { repeat } from "./repeat.js";

drawAccountShell();
drawUsers();
drawClock();
repeat(2000, drawFunctions);
repeat(4000, drawModel);
