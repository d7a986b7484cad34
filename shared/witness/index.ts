export { CreateHeadOpenings1796018400000 } from './create-head-openings.migration.js';
export { CreateNetworkHeads1764000008000 } from './create-network-heads.migration.js';
export { HeadOpening } from './head-opening.entity.js';
export { connectHubHeads, type HubHeads } from './hub-heads.js';
export { NetworkHead } from './network-head.entity.js';
export { openOwnSide, type OwnSide, type OwnSideOptions } from './own-side.js';
export {
  Rewritten,
  createWitness,
  handInOwn,
  headFailures,
  readOwnHeads,
  witness,
  type HeadFailure,
  type WitnessOptions,
} from './witness.js';
