import type { Finding } from './finding.ts';
import { target } from './layout.ts';
import type { Parsed } from './parsed.ts';

interface Edge {
  readonly to: string;
  readonly line: number;
}

const edgesOf = ({ file, imports }: Parsed): readonly Edge[] =>
  imports.flatMap(({ from, line }) => {
    const to = target(file, from);
    return to === undefined ? [] : [{ to, line }];
  });

/** Files that import each other in a circle, tests and types included. Each circle is told once, where it was entered. */
export function cycleFindings(files: readonly Parsed[]): readonly Finding[] {
  const edges = new Map(files.map((parsed) => [parsed.file, edgesOf(parsed)]));
  const done = new Set<string>();
  const findings: Finding[] = [];

  const walk = (file: string, path: readonly string[]): void => {
    for (const { to, line } of edges.get(file) ?? []) {
      const begin = path.indexOf(to);
      if (begin >= 0) {
        const circle = [...path.slice(begin), to].join(' → ');
        findings.push({ file, line, message: `imports in a circle: ${circle}; move what both need into a third file` });
      } else if (!done.has(to)) walk(to, [...path, to]);
    }
    done.add(file);
  };

  for (const { file } of files) if (!done.has(file)) walk(file, [file]);
  return findings;
}
