/** Why somebody reads data about people. What the record has else is `OTHER`, with its words. */
const purposes = ['PROGRAMME', 'HOSTING', 'SAFETY', 'EVALUATION', 'AUDIT', 'OTHER'] as const;
export type PurposeKind = (typeof purposes)[number];

const form = new RegExp(`^(${purposes.join('|')})(?:[:;] ?(.+))?$`);

/** A purpose in its own words: `HOSTING`, `OTHER: a study`. Any other text is `OTHER`. */
export function parsePurpose(text: string | null): {
  readonly purpose: PurposeKind | null;
  readonly note: string | null;
} {
  if (text === null) return { purpose: null, note: null };
  const [, name, note = null] = form.exec(text) ?? [];
  const purpose = purposes.find((one) => one === name);
  return purpose ? { purpose, note } : { purpose: 'OTHER', note: text };
}
