import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useId } from 'preact/hooks';
import { useWidth } from '../../../parts/use-width.ts';
import { formatNumber, t } from '../../../words/language.ts';
import { describeCount, type Count } from './counts.ts';

interface PlotRow {
  readonly key: string;
  readonly label: string;
  /** Undefined if the partner that counts is unavailable. */
  readonly count: Count | undefined;
}

interface PlotProps {
  readonly title: string;
  readonly rows: readonly PlotRow[];
}

const rowHeight = 44;
const labelHeight = 18;
const barHeight = 14;
const axisHeight = 28;
const ticks = 5;

/** The end of a count in the drawing. A count without an upper end runs to the edge. */
const endOf = ({ atMost }: Count, edge: number): number => atMost ?? edge;

/** A bracket over the range in which the true count lies: `├──┤`, open at the right without end. */
function bracketOf(from: number, to: number, isOpen: boolean): string {
  const middle = barHeight / 2;
  const points: [number, number][] = [
    [from, 0],
    [from, barHeight],
    [from, middle],
    [to, middle],
    ...(isOpen
      ? ([
          [to - 4, middle - 4],
          [to, middle],
          [to - 4, middle + 4],
        ] as [number, number][])
      : ([
          [to, 0],
          [to, barHeight],
        ] as [number, number][])),
  ];
  return line()(points) ?? '';
}

interface BarProps {
  readonly row: PlotRow;
  readonly top: number;
  readonly x: (value: number) => number;
  readonly edge: number;
  readonly hatch: string;
}

/** Solid up to what is certain, hatched over the range of a count that is withheld. */
function Bar({ row: { label, count }, top, x, edge, hatch }: BarProps) {
  const words = count ? describeCount(count) : t('response.missing');
  const [from, to] = count ? [x(count.atLeast), x(endOf(count, edge))] : [0, 0];
  return (
    <g transform={`translate(0,${top})`}>
      <text y={labelHeight - 6}>
        {label}: <tspan class="amount">{words}</tspan>
      </text>
      {count && (
        <g transform={`translate(0,${labelHeight})`}>
          <rect class="exact" width={from} height={barHeight} />
          {count.value === null && (
            <>
              <rect x={from} width={to - from} height={barHeight} fill={`url(#${hatch})`} />
              <path class="bracket" d={bracketOf(from, to, count.atMost === null)} />
            </>
          )}
        </g>
      )}
    </g>
  );
}

/**
 * Bars of counts, drawn as ranges where the counts are withheld. The table beside it has the same
 * facts for those who do not see the drawing.
 */
export function RangePlot({ title, rows }: PlotProps) {
  const { element, width } = useWidth<HTMLDivElement>();
  const hatch = useId();
  const height = rows.length * rowHeight;
  const largest = Math.max(1, ...rows.map(({ count }) => count?.atMost ?? count?.atLeast ?? 0));
  const edge = rows.some(({ count }) => count?.atMost === null) ? largest * 1.25 : largest;
  const x = scaleLinear([0, edge], [0, Math.max(0, width - 12)]).nice(ticks);
  const y = scaleBand(
    rows.map(({ key }) => key),
    [0, height],
  );
  return (
    // As high before its width is known: what is below does not move.
    <div class="plot" ref={element} style={{ minHeight: `${height + axisHeight}px` }}>
      {width > 0 && (
        <svg width={width} height={height + axisHeight} role="img" aria-label={title}>
          <defs>
            <pattern
              id={hatch}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect class="hatch" width="2" height="6" />
            </pattern>
          </defs>
          {x
            .ticks(ticks)
            .filter(Number.isInteger)
            .map((tick) => (
              <g key={tick} transform={`translate(${x(tick)},0)`}>
                <line class="grid" y2={height} />
                <text class="tick" y={height + 18} text-anchor={tick === 0 ? 'start' : 'middle'}>
                  {formatNumber(tick)}
                </text>
              </g>
            ))}
          {rows.map((row) => (
            <Bar
              key={row.key}
              row={row}
              top={y(row.key) ?? 0}
              x={x}
              edge={x.domain()[1] ?? edge}
              hatch={hatch}
            />
          ))}
        </svg>
      )}
    </div>
  );
}
