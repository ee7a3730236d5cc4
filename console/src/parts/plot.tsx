import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { useScheme } from '../app/theme.ts';
import { language } from '../words/language.ts';
import { clock } from '../words/when.ts';
import type { ChartProps } from './chart-props.ts';

const colours = ['--accent', '--warn', '--good', '--bad', '--muted'] as const;

/** Draws a chart by uplot on a canvas, in the colours of the theme. */
export function Plot({ label, at, series, format, baseline, height = 220 }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useScheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the colours are others.
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const colour = (name: string): string => {
      // A canvas knows no light-dark(): have it worked out.
      const probe = document.createElement('span');
      probe.style.color = `var(${name})`;
      box.append(probe);
      const worked = getComputedStyle(probe).color;
      probe.remove();
      return worked;
    };
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    const lines: UPlot.Series[] = series.map(({ name }, line) => ({
      label: name,
      stroke: colour(colours[line % colours.length] ?? '--accent'),
      width: 1.5,
      points: { size: 5 },
      value: (_, value) => (value === null ? '–' : format(value)),
    }));
    if (baseline !== undefined) {
      lines.push({
        label: baseline.name,
        stroke: colour('--muted'),
        width: 1,
        dash: [4, 4],
        points: { show: false },
        value: () => format(baseline.value),
      });
    }
    const data: UPlot.AlignedData = [
      at.map((instant) => new Date(instant).valueOf() / 1_000),
      ...series.map(({ values }) => values.map((value) => value ?? null)),
      ...(baseline === undefined ? [] : [at.map(() => baseline.value)]),
    ];
    const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    const plot = new UPlot(
      {
        width: box.clientWidth,
        height: height - 32,
        legend: { live: true },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          y: { range: (_, least, most) => [Math.min(0, least ?? 0), (most ?? 1) === 0 ? 1 : (most ?? 1) * 1.1] },
        },
        series: [{ value: (_, value) => (value === null ? '–' : times.format(value * 1_000)) }, ...lines],
        axes: [
          { ...axis, values: (_, moments) => moments.map((moment) => clock.tick(new Date(moment * 1_000))) },
          { ...axis, size: 72, values: (_, values) => values.map(format) },
        ],
      },
      data,
      box,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: height - 32 }));
    observer.observe(box);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [at, series, format, baseline, height, scheme]);
  return <div ref={place} role="img" aria-label={label} />;
}
