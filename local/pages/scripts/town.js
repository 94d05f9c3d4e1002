// A town: its weather, missions, posts, coupons, and the chat room of its province.

import { drawAccountShell } from "./account.js";
import { drawAlerts } from "./town/alerts.js";
import { drawCoupons } from "./town/coupons.js";
import { drawMissions } from "./town/missions.js";
import { drawPlace } from "./town/place.js";
import { drawPosts } from "./town/posts.js";
import { drawRanking } from "./town/ranking.js";
import { drawRooms } from "./town/rooms.js";
import { drawSurvey } from "./town/survey.js";
import { drawWarnings } from "./town/warnings.js";
import { drawWeather } from "./town/weather.js";

drawAccountShell();
drawPlace();
drawWeather();
drawSurvey();
drawAlerts();
drawWarnings();
drawRooms();
drawMissions();
drawRanking();
drawPosts();
drawCoupons();
