// What somebody was told: likes and comments on their resumes.

import { drawAccountShell } from "./account.js";
import { drawInbox } from "./inbox/list.js";

drawAccountShell();
drawInbox();
