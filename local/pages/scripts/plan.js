// The plan of whoever is signed in: buying PRO, ending it, what was paid, and the nights that pass meanwhile.

import { drawAccountShell } from "./account.js";
import { drawCurrent } from "./plan/current.js";
import { drawNights } from "./plan/nights.js";
import { drawPayment } from "./plan/payment.js";
import { drawPayments } from "./plan/payments.js";

drawAccountShell();
drawPayment();
drawCurrent();
drawPayments();
drawNights();
