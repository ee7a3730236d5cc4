import { fileURLToPath } from 'node:url';
import { checkRooms } from './rooms/check-rooms.ts';
import { lengthReport } from './rooms/length.ts';
import { readTree } from './rooms/tree.ts';

// `npm run check:rooms`: says with file and line what breaks a rule of rooms.ts, and ends with 1 when anything does.

const sources = readTree(fileURLToPath(new URL('..', import.meta.url)));
const findings = checkRooms(sources);
for (const { file, line, message } of findings) process.stderr.write(`${file}:${line} ${message}\n`);

const { files, median, longest } = lengthReport(sources);
process.stdout.write(`${files} files, median ${median} lines; the longest:\n`);
for (const { file, lines } of longest) process.stdout.write(`${String(lines).padStart(6)} ${file}\n`);

if (findings.length > 0) {
  process.stderr.write(`${findings.length} breaches of the rooms\n`);
  process.exitCode = 1;
}
