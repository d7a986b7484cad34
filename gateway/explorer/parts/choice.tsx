interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly none: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly choose: (value: string) => void;
}

/** One of several values, or all. It acts at once. */
export const Choice = ({ label, value, none, options, choose }: ChoiceProps) => (
  <label>
    {label}
    <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
      <option value="">{none}</option>
      {options.map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
    </select>
  </label>
);
