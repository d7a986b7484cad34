import { Fragment, type ComponentChildren } from 'preact';
import { nameOfCountry, orderCountries } from '../words/names.ts';

/** A labelled value. A value of null or undefined is not shown, with its label. */
type Fact = readonly [label: string, value: ComponentChildren];

interface FactsProps {
  readonly facts: readonly Fact[];
  /** One after the other in lines, for short values. @default one below the other */
  readonly isInline?: boolean;
}

/** A list of labelled values. */
export function Facts({ facts, isInline }: FactsProps) {
  const shown = facts.filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  );
  if (shown.length === 0) return null;
  return (
    <dl class={isInline ? 'facts inline' : 'facts'}>
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Countries by their names, in the order of these. Each has its two letters as a sign, which nobody hears. */
export const Countries = ({ codes }: { codes: readonly string[] }) => (
  <>
    {orderCountries(codes).map((code, index) => (
      <Fragment key={code}>
        {index > 0 && ', '}
        <span class="country" data-code={code}>
          {nameOfCountry(code)}
        </span>
      </Fragment>
    ))}
  </>
);
