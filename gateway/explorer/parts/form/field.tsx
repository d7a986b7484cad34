import { useId } from 'preact/hooks';
import { t } from '../../words/language.ts';
import { today } from '../today.ts';
import { labelOf, type Initial, type InputField, type Option } from './input-field.ts';

interface FieldProps {
  readonly field: InputField;
  /** What to choose from. @default any value */
  readonly options?: readonly Option[] | undefined;
  readonly initial?: Initial[string] | undefined;
  /** @default the name of the field as words */
  readonly label?: string | undefined;
}

/** Texts of one line. All other texts may be long. */
const shortTexts = ['ID', 'EmailAddress', 'LanguageTag', 'CountryCode', 'PartialDate', 'URL'];

function choicesOf({ type, values }: InputField, options: readonly Option[] | undefined) {
  if (options) return options;
  if (values)
    return values.map(({ name }) => ({
      value: name,
      label: labelOf(name.toLowerCase()).replaceAll('_', ' '),
    }));
  if (type !== 'Boolean') return undefined;
  return [
    { value: 'true', label: t('form.yes') },
    { value: 'false', label: t('form.no') },
  ];
}

function Control({ field, options, initial, id, help }: FieldProps & { id: string; help: string }) {
  const { name, type, isList, isRequired, isPast } = field;
  const shared = { id, name, required: isRequired, 'aria-describedby': help };
  const choices = choicesOf(field, options);
  const given = [initial ?? (isPast && isRequired ? today() : [])].flat();
  const text = given.join('\n');
  if (choices && isList)
    return (
      <select {...shared} multiple size={Math.min(8, Math.max(2, choices.length))}>
        {choices.map(({ value, label }) => (
          <option key={value} value={value} selected={given.includes(value)}>
            {label}
          </option>
        ))}
      </select>
    );
  if (choices)
    return (
      <select {...shared}>
        {(!isRequired || choices.length !== 1) && <option value="">{t('form.choose')}</option>}
        {choices.map(({ value, label }) => (
          <option key={value} value={value} selected={given.includes(value)}>
            {label}
          </option>
        ))}
      </select>
    );
  if (type === 'Date')
    return <input {...shared} type="date" max={isPast ? today() : undefined} defaultValue={text} />;
  if (type === 'Int') return <input {...shared} type="number" step={1} defaultValue={text} />;
  if (shortTexts.includes(type) && !isList)
    return <input {...shared} type="text" defaultValue={text} />;
  return <textarea {...shared} rows={3} defaultValue={text} />;
}

/** One field of a form, with the schema’s own description as its help. */
export function Field(props: FieldProps) {
  const { name, description, isRequired } = props.field;
  const id = useId();
  const help = useId();
  return (
    <div class="field">
      <label for={id}>
        {props.label ?? labelOf(name)}
        {!isRequired && <span class="optional"> {t('form.optional')}</span>}
      </label>
      <Control {...props} id={id} help={help} />
      <p id={help} class="help" lang="en">
        {description}
      </p>
      {props.field.isList && !props.options && !props.field.values && (
        <p class="help">{t('form.lines')}</p>
      )}
    </div>
  );
}
