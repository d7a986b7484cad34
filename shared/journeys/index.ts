export { countOpenFormalities } from './count-open-formalities.js';
export { eraseTravelNeeds, type Journey, type TravelNeedsTable } from './erase-travel-needs.js';
