import { Graph, layout } from '@dagrejs/dagre';

export interface GraphNode {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** All arrows from one state to another, as one. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly on: readonly string[];
  readonly taken: number;
  /** Every way there takes back what was done. */
  readonly undoing: boolean;
}

export interface FlowGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LaidOut {
  readonly width: number;
  readonly height: number;
  /** `x`, `y`: the middle. */
  readonly nodes: readonly (GraphNode & Point)[];
  readonly edges: readonly (GraphEdge & { readonly points: readonly Point[]; readonly label: Point })[];
}

const margin = 16;

/** Places a flow's states from the top down: what was gone through stands straight below each other. */
export function flowLayout({ nodes, edges }: FlowGraph): LaidOut {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 34, edgesep: 14, marginx: margin, marginy: margin });
  for (const { name, width, height } of nodes) graph.setNode(name, { width, height });
  for (const { from, to, taken } of edges) {
    graph.setEdge(from, to, { weight: taken > 0 ? 12 : 1, width: taken > 1 ? 26 : 0, height: 12, labelpos: 'c' });
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const place = (name: string): Point => {
    const { x = 0, y = 0 } = graph.node(name) as Partial<Point>;
    return { x, y };
  };
  return {
    width,
    height,
    nodes: nodes.map((node) => ({ ...node, ...place(node.name) })),
    edges: edges.map((edge) => {
      const found = graph.edge(edge.from, edge.to) as { points?: readonly Point[]; x?: number; y?: number };
      const points = found.points ?? [place(edge.from), place(edge.to)];
      return { ...edge, points, label: { x: found.x ?? points[0]?.x ?? 0, y: found.y ?? points[0]?.y ?? 0 } };
    }),
  };
}

/** A smooth line through the points that the layout found, as an SVG path. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const at = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const last = rest.at(-1);
  if (last === undefined) return `M${at(first)}`;
  if (rest.length === 1) return `M${at(first)}L${at(last)}`;
  const bends = rest.slice(0, -1).map((bend, index) => {
    const next = rest[index + 1] ?? last;
    const end = index === rest.length - 2 ? next : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    return `Q${at(bend)} ${at(end)}`;
  });
  return `M${at(first)}${bends.join('')}`;
}
