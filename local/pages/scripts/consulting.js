// The instructor's page: charts, report, and the nightly runs behind them.

import { drawCharts } from "./consulting/charts.js";
import { watchDashboard } from "./consulting/dashboard.js";
import { drawReports } from "./consulting/reports.js";
import { drawRuns } from "./consulting/runs.js";
import { byId } from "./dom.js";
import { accountOf, chosenLecturer, demoTokens } from "./maru.js";
import { drawShell } from "./shell.js";

drawShell();
watchDashboard();
drawCharts();
drawReports();
drawRuns();

byId("lecturer").value = chosenLecturer() || accountOf((await demoTokens()).lecturer);
