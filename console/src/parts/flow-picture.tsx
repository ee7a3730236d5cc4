import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { type FlowGraph, flowLayout, pathThrough } from './flow-layout.ts';
import './flow-picture.css';

/** A state as it is drawn. */
export interface PicturedState {
  readonly name: string;
  readonly words: string;
  readonly kind: 'waiting' | 'choice' | 'final';
  /** Below the name, e.g. how often and how long. */
  readonly note?: string;
  readonly standing: 'current' | 'visited' | 'untaken';
}

interface Props {
  readonly label: string;
  readonly graph: FlowGraph;
  readonly states: ReadonlyMap<string, PicturedState>;
  readonly selected: string | undefined;
  readonly onSelect: (state: string) => void;
}

const zooms = [0.5, 0.65, 0.8, 1, 1.25, 1.6];
const usual = zooms.indexOf(1);

type LaidOutNode = ReturnType<typeof flowLayout>['nodes'][number];

/** The nearest state in the direction of an arrow key. */
function neighbour(nodes: readonly LaidOutNode[], from: LaidOutNode, key: string): LaidOutNode | undefined {
  const along = (node: LaidOutNode): readonly [number, number] => {
    const [right, down] = [node.x - from.x, node.y - from.y];
    if (key === 'ArrowDown') return [down, right];
    if (key === 'ArrowUp') return [-down, right];
    return key === 'ArrowRight' ? [right, down] : [-right, down];
  };
  return nodes
    .filter((node) => along(node)[0] > 4)
    .toSorted((a, b) => {
      const [[aheadA, besideA], [aheadB, besideB]] = [along(a), along(b)];
      return aheadA + Math.abs(besideA) - (aheadB + Math.abs(besideB));
    })[0];
}

/** The picture of a flow: states and arrows, what was gone through lit, a state to be chosen by mouse or arrow keys. */
export function FlowPicture({ label, graph, states, selected, onSelect }: Props) {
  const laidOut = useMemo(() => flowLayout(graph), [graph]);
  const [zoom, setZoom] = useState<number | 'fit'>('fit');
  const svg = useRef<SVGSVGElement>(null);
  const { width, height, nodes, edges } = laidOut;
  const step = (by: number): void =>
    setZoom((now) => Math.min(zooms.length - 1, Math.max(0, (now === 'fit' ? usual : now) + by)));
  const move = (event: KeyboardEvent, node: LaidOutNode): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(node.name);
    }
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const next = neighbour(nodes, node, event.key);
    if (next === undefined) return;
    onSelect(next.name);
    svg.current?.querySelector<SVGGElement>(`[data-state="${CSS.escape(next.name)}"]`)?.focus();
  };
  const reachable = selected ?? nodes[0]?.name;
  return (
    <div className="flow-picture">
      <div className="flow-picture-tools" role="toolbar" aria-label="Size of the picture">
        <button type="button" onClick={() => step(-1)} aria-label="Smaller">
          −
        </button>
        <button type="button" onClick={() => step(1)} aria-label="Larger">
          +
        </button>
        <button type="button" onClick={() => setZoom('fit')} aria-pressed={zoom === 'fit'}>
          Fit
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className="flow-picture-frame" aria-label={`${label}, picture`} tabIndex={0}>
        {/* biome-ignore lint/a11y/useSemanticElements: SVG has no other way to say that its states belong together. */}
        <svg
          ref={svg}
          viewBox={`0 0 ${width} ${height}`}
          style={
            zoom === 'fit' ? { maxWidth: width, minWidth: Math.min(width, 520) } : { width: width * (zooms[zoom] ?? 1) }
          }
          role="group"
          aria-label={label}
        >
          <defs>
            {(['taken', 'untaken'] as const).map((name) => (
              <marker
                key={name}
                id={`flow-head-${name}`}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                markerUnits="userSpaceOnUse"
                orient="auto"
                className={`flow-head-${name}`}
              >
                <path d="M0 0.5 8 4 0 7.5z" />
              </marker>
            ))}
          </defs>
          {edges
            .toSorted((a, b) => a.taken - b.taken)
            .map((edge) => (
              <g key={`${edge.from} ${edge.to}`} className="flow-arrow" data-taken={edge.taken > 0 || undefined}>
                <title>
                  {`${states.get(edge.from)?.words ?? edge.from} → ${states.get(edge.to)?.words ?? edge.to}`}
                  {edge.on.length > 0 ? `: ${edge.on.join(', ')}` : ''}
                  {edge.undoing ? ', undoing what was done' : ''}
                </title>
                <path
                  d={pathThrough(edge.points)}
                  strokeDasharray={edge.undoing ? '4 3' : undefined}
                  markerEnd={`url(#flow-head-${edge.taken > 0 ? 'taken' : 'untaken'})`}
                />
                {edge.taken > 1 ? (
                  <text x={edge.label.x} y={edge.label.y + 4}>
                    {edge.taken}×
                  </text>
                ) : null}
              </g>
            ))}
          {nodes.map((node) => {
            const state = states.get(node.name);
            if (state === undefined) return null;
            const described = [state.words, state.note, state.standing === 'current' ? 'now' : undefined];
            return (
              // biome-ignore lint/a11y/useSemanticElements: SVG has no button.
              <g
                key={node.name}
                className="flow-state"
                role="button"
                tabIndex={node.name === reachable ? 0 : -1}
                aria-pressed={node.name === selected}
                aria-label={described.filter((each) => each !== undefined).join(' ')}
                data-state={node.name}
                data-kind={state.kind}
                data-standing={state.standing}
                transform={`translate(${node.x - node.width / 2} ${node.y - node.height / 2})`}
                onClick={() => onSelect(node.name)}
                onKeyDown={(event) => move(event, node)}
              >
                <rect width={node.width} height={node.height} rx={state.kind === 'choice' ? node.height / 2 : 6} />
                {state.kind === 'final' ? (
                  <rect x="3" y="3" width={node.width - 6} height={node.height - 6} rx="4" className="flow-inner" />
                ) : null}
                <text x={node.width / 2} y={node.height / 2 + (state.note === undefined ? 4 : -3)}>
                  {state.words}{' '}
                  {state.note === undefined ? null : (
                    <tspan x={node.width / 2} dy="16" className="flow-note">
                      {state.note}
                    </tspan>
                  )}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
    </div>
  );
}
