/** What nobody can undo, by the words of its form. Its button has the colour of danger. */
const final: readonly string[] = [
  'cancelGroup',
  'cancelVisit',
  'erasePerson',
  'mergeBody',
  'releaseExpert',
  'removeEvent',
  'removeGroup',
  'removeItineraryStop',
  'removeOutcome',
  'removePerson',
  'removeProgramme',
  'removeStatement',
  'withdrawExpertLoan',
  'withdrawHosting',
  'withdrawRegionalHosting',
];

/** Whether what a form does cannot be undone. */
export const isFinal = (words: string): boolean => final.includes(words);
