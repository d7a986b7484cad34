import { inputs } from '../../generated/inputs.ts';
import { findMistake } from '../../parts/form/entries.ts';
import { sayBeside, sectionOf } from '../../parts/form/form-words.ts';
import { requireFields, type Values } from '../../parts/form/input-field.ts';
import { formatNumber, t } from '../../words/language.ts';
import type { FormRow } from './form-row.ts';

interface StepsProps {
  readonly row: Pick<FormRow, 'fields' | 'sections' | 'required'>;
  /** The input type of the form. */
  readonly input: string;
  /** What the form has now. */
  readonly values: Values;
}

/** The parts of a long form, each with how much of it must still be filled in. */
function listSteps({ row, input, values }: StepsProps) {
  const { fields, sections = {}, required } = row;
  const all = requireFields(inputs[input] ?? [], required);
  const starts = Object.keys(sections).map((field) => fields.indexOf(field));
  return Object.values(sections).map((name, index) => {
    const own = fields.slice(starts[index], starts[index + 1]);
    const open = all.filter(
      (field) => own.includes(field.name) && findMistake(field, values[field.name]) !== undefined,
    );
    return { name, open: open.length, isBegun: own.some((field) => field in values) };
  });
}

/** What a long form asks for, step by step, with links to each. */
export function Steps(props: StepsProps) {
  return (
    <nav class="beside" aria-labelledby="steps">
      <h2 id="steps">{sayBeside('steps')}</h2>
      <ol>
        {listSteps(props).map(({ name, open, isBegun }) => (
          <li key={name}>
            <a
              href={`#part-${name}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(`part-${name}`)?.focus();
              }}
            >
              {sectionOf(name)}
            </a>{' '}
            <span class="soft">
              {open > 0
                ? sayBeside('toFill', { number: formatNumber(open) })
                : isBegun
                  ? `✓ ${sayBeside('complete')}`
                  : t('form.optional')}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
