import './chart.css';
import { Suspense } from 'react';
import type { ChartProps } from './chart-props.ts';
import { later } from './later.ts';
import { Skeleton } from './skeleton.tsx';

export type { ChartProps, ChartSeries } from './chart-props.ts';

const Plot = later(() => import('./plot.tsx'), 'Plot');

/** A chart over time. What draws it is loaded when the first one is shown. */
export function Chart(props: ChartProps) {
  return (
    <div className="chart" style={{ minHeight: props.height ?? 220 }}>
      <Suspense fallback={<Skeleton label={props.label} lines={6} />}>
        <Plot {...props} />
      </Suspense>
    </div>
  );
}
