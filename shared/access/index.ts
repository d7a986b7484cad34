export { Access, Happened, MaxAge, NoneIsOpen, happenedMark, maxAges } from './access.js';
