import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './finding.ts';

const folders = ['src', 'demo', 'simulators', 'bench', 'test', 'checks', 'systems', 'faults'];

/** Every TypeScript file of the project under `root`, sorted. */
export function readTree(root: string): readonly Source[] {
  const patterns = [
    ...folders.map((folder) => `${folder}/**/*.ts`),
    'console/{src,build}/**/*.{ts,tsx}',
    'console/*.ts',
    '*.ts',
  ];
  const files = globSync(patterns, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('.generated.'));
  return files.sort().map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}
