// What somebody says of themselves: it stands in their resumes and beside what they write.

import { drawAccountShell } from "./account.js";
import { drawProfile } from "./profile/form.js";

drawAccountShell();
drawProfile();
