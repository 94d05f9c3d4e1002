// Photos: uploading one, and drawing one to try it with.

import { Problem } from "../maru.js";
import { callForJson } from "../session.js";

/** Uploads the photo of an assignment to where Maru says. */
export async function upload(assignment, file) {
  const path = `/missions/assignments/${encodeURIComponent(assignment)}/photo`;
  const { method, url, headers } = await callForJson("POST", path, { body: { contentType: file.type, bytes: file.size } });
  const answer = await fetch(url, { method, headers, body: file }).catch(() => null);
  if (!answer?.ok) throw new Problem(answer?.status ?? 0, { code: answer ? "unavailable" : "unreachable" });
}

/** A picture that nobody has sent before: a sky with drops in it. */
export async function demoPhoto() {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 480, height: 320 });
  const drawing = canvas.getContext("2d");
  const sky = drawing.createLinearGradient(0, 0, 0, canvas.height);
  sky.addColorStop(0, "#5b7f9f");
  sky.addColorStop(1, "#cfdbe3");
  drawing.fillStyle = sky;
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.strokeStyle = "#eef6fb";
  drawing.lineWidth = 2;
  for (let drop = 0; drop < 120; drop += 1) {
    const [x, y] = [Math.random() * canvas.width, Math.random() * canvas.height];
    drawing.beginPath();
    drawing.moveTo(x, y);
    drawing.lineTo(x - 4, y + 14);
    drawing.stroke();
  }
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return new File([blob], "sky.png", { type: "image/png" });
}
