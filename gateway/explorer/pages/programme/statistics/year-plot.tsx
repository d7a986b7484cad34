import { scaleBand, scaleLinear } from 'd3-scale';
import { useWidth } from '../../../parts/use-width.ts';
import { formatNumber } from '../../../words/language.ts';

interface PlotProps {
  readonly title: string;
  /** One for each year, also for those with nothing. */
  readonly years: readonly { readonly key: string; readonly number: number }[];
}

const columns = { height: 180, top: 20, labels: 24, gap: 0.2 };
/** A year as text needs so much, in pixels. */
const labelWidth = 44;

/** A column for each year. Empty years take little, and a trend is seen at once. */
export function YearPlot({ title, years }: PlotProps) {
  const { element, width } = useWidth<HTMLDivElement>();
  const { height, top, labels, gap } = columns;
  const bottom = top + height;
  const x = scaleBand(
    years.map(({ key }) => key),
    [0, width],
  ).padding(gap);
  const y = scaleLinear([0, Math.max(1, ...years.map(({ number }) => number))], [0, height]);
  const each = Math.ceil(labelWidth / Math.max(1, x.step()));
  return (
    // As high before its width is known: what is below does not move.
    <div class="plot" ref={element} style={{ minHeight: `${bottom + labels}px` }}>
      {width > 0 && (
        <svg width={width} height={bottom + labels} role="img" aria-label={title}>
          <line class="grid" x2={width} y1={bottom} y2={bottom} />
          {years.map(({ key, number }, index) => {
            const middle = (x(key) ?? 0) + x.bandwidth() / 2;
            // The first and the last year stay within the drawing.
            const half = labelWidth / 2 - 4;
            const labelAt = Math.min(Math.max(middle, half), width - half);
            return (
              <g key={key}>
                {number > 0 && (
                  <>
                    <rect
                      class="exact"
                      x={x(key)}
                      y={bottom - y(number)}
                      width={x.bandwidth()}
                      height={y(number)}
                    />
                    <text class="tick" x={middle} y={bottom - y(number) - 5} text-anchor="middle">
                      {formatNumber(number)}
                    </text>
                  </>
                )}
                {index % each === 0 && (
                  <text class="tick" x={labelAt} y={bottom + 17} text-anchor="middle">
                    {key}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
