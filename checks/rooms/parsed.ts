import { parseSync } from 'oxc-parser';
import { type Finding, lineAt, type Source } from './finding.ts';

/** An import, re-export, dynamic import or imported type. */
export interface Import {
  /** As it is written: `./a.ts`, `#model/kernel`, `node:fs`, `pg`. */
  readonly from: string;
  readonly line: number;
}

/** A node of the syntax tree (ESTree with TypeScript). */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

export interface Parsed extends Source {
  readonly imports: readonly Import[];
  readonly program: Node;
  /** Present when it is no TypeScript. */
  readonly broken?: Finding;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Visits every node below `root`, parents first. */
export function visit(root: unknown, see: (node: Node) => void): void {
  if (Array.isArray(root)) {
    for (const item of root) visit(item, see);
  } else if (isNode(root)) {
    see(root);
    for (const member of Object.values(root)) if (typeof member === 'object') visit(member, see);
  }
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function importsOf(program: Node, text: string): readonly Import[] {
  const imports: Import[] = [];
  visit(program, (node) => {
    if (!importing.has(node.type)) return;
    const { source } = node;
    if (isNode(source) && typeof source.value === 'string') {
      imports.push({ from: source.value, line: lineAt(text, node.start) });
    }
  });
  return imports;
}

/** Parses one file. */
export function parse({ file, text }: Source): Parsed {
  const { program, errors } = parseSync(file, text);
  const root = program as never as Node;
  const [error] = errors;
  const broken =
    error === undefined ? {} : { broken: { file, line: 1, message: `cannot be parsed: ${error.message}` } };
  return { file, text, imports: importsOf(root, text), program: root, ...broken };
}
