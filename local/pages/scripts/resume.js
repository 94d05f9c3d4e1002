// A developer's resumes: made from repositories, read with their evidence, changed, printed and shared.

import { drawAccountShell, signInFirst } from "./account.js";
import { byId, fill } from "./dom.js";
import { say } from "./language.js";
import { drawCredits } from "./resume/credits.js";
import { drawEditing } from "./resume/edit.js";
import { drawFiles } from "./resume/files.js";
import { drawMaking } from "./resume/make.js";
import { drawList } from "./resume/list.js";
import { drawOpened } from "./resume/opened.js";
import { drawRepositories } from "./resume/repositories.js";
import { drawSettings } from "./resume/settings.js";
import { drawVersions } from "./resume/versions.js";
import { drawForSession, who } from "./session.js";

drawAccountShell();
drawCredits();
drawRepositories();
drawMaking();
drawList();
drawOpened();
drawEditing();
drawSettings();
drawFiles();
drawVersions();
drawForSession(() => {
  byId("workshop").hidden = !who();
  fill(byId("sign-in-first"), who() ? null : signInFirst(say(
    "로그인하면 내 저장소로 이력서를 만들 수 있습니다.", "Sign in to have a resume written from your repositories.")));
});
