import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeTheCheck } from './migrations/before-the-check.ts';
import { checkMigration, type MigrationFinding } from './migrations/check-migration.ts';

/** Everything from here on meets an installation that is at work. */
const firstUnderLoad = '0050';

/** `npm run check:migrations`: what new migrations would do to the program before them, which is still up. */
export function checkMigrations(folder: string): readonly MigrationFinding[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql') && file.slice(0, 4) >= firstUnderLoad)
    .sort()
    .flatMap((file) => {
      const known = beforeTheCheck.filter((each) => each.file === file).flatMap(({ rules }) => rules);
      return checkMigration(file, readFileSync(join(folder, file), 'utf8')).filter(({ rule }) => !known.includes(rule));
    });
}

if (import.meta.main) {
  const findings = checkMigrations(join(import.meta.dirname, '../migrations'));
  for (const { file, line, message } of findings) process.stderr.write(`migrations/${file}:${line} ${message}\n`);
  if (findings.length > 0) process.exitCode = 1;
}
