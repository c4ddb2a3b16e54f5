// Prints the terms that the browser's scripts make of each line: terms.mjs FOLDER-WITH-text.js
import { readFileSync } from "node:fs";
const { terms } = await import(`${process.argv[2]}/text.js`);
const lines = readFileSync(0, "utf8").split("\n");
process.stdout.write(lines.map((line) => terms(line).join(" ")).join("\n"));
