// What somebody was told: likes and comments on their resumes, and what became of payments.

import { drawAccountShell } from "./account.js";
import { drawInbox } from "./inbox/list.js";

drawAccountShell();
drawInbox();
