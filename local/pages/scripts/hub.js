// The hub: public resumes found, read, liked and talked about.

import { drawAccountShell } from "./account.js";
import { byId } from "./dom.js";
import { drawComments } from "./hub/comments.js";
import { drawDetail } from "./hub/detail.js";
import { drawFilters } from "./hub/filters.js";
import { drawCards } from "./hub/cards.js";

const resume = new URLSearchParams(location.search).get("resume");

drawAccountShell();
byId(resume ? "one" : "many").hidden = false;
if (resume) {
  drawDetail(resume);
  drawComments(resume);
} else {
  drawFilters();
  drawCards();
}
