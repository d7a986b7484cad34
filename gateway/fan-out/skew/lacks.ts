/**
 * What a partner’s server lacks of the contract, as schema coordinates: `Officer.outstanding`,
 * `Query.officers(search:)`, `TaskKind.SIGN`, `NewOfficerInput.diet`, or a whole type: `Task`. The
 * same object stands for it until something of it changes, so that what is prepared can be kept.
 */
export type Lacks = ReadonlySet<string>;
