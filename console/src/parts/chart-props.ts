/** One line of a chart. */
export interface ChartSeries {
  readonly name: string;
  /** One for each point in time; undefined where there was nothing. */
  readonly values: readonly (number | undefined)[];
}

export interface ChartProps {
  /** What it shows, for who does not see it; the values should stand in a table nearby. */
  readonly label: string;
  /** The points in time, RFC 3339, rising. */
  readonly at: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Writes a value: `(seconds) => duration(seconds)`. */
  readonly format: (value: number) => string;
  /** A level to compare with, drawn across. */
  readonly baseline?: { readonly name: string; readonly value: number };
  /** Pixels. Default 220. */
  readonly height?: number;
}
