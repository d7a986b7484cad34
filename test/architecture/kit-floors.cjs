/**
 * The kit's rooms, the ground floor first. A room may use itself and the rooms before it, types included. Tests may use
 * every room.
 */
module.exports = [
  ['access', 'A field names its rule by a word. What the word means is decided in policy.'],
  ['seed', 'Reading CSV needs nothing of ours.'],
  ['telemetry', 'The log takes any line, so it names no room.'],
  ['files', 'Writing a file whole and private needs nothing of ours.'],
  ['errors', 'Every room refuses by a code. Their README is emitted by reading a package.'],
  ['scalars', 'A value with a wrong form is refused with a code.'],
  ['vocabulary', 'Enums and codes of several partners are texts with a form.'],
  ['pagination', 'A cursor is a text; a wrong one is refused with a code.'],
  ['identity', 'A caller is verified before anything is read, from key files alone.'],
  ['limits', 'Limits count for a caller, and need no database.'],
  ['database', 'Rows are read by pages. The database does not know who reads.'],
  ['chain', 'The links of a record are rows, whatever they tell.'],
  ['disclosure', 'Who read what is a record in the database, by caller.'],
  ['changes', 'Who changed what is a record beside who read what, in one chain.'],
  ['storage', 'A database is recognised by its mark and its record of disclosures.'],
  ['backup', 'A back-up is checked as a stored database is.'],
  ['config', 'Settings name key files, limits and where a database is.'],
  ['graphql', 'One operation, without HTTP. It knows the caller and the limits.'],
  ['http', 'HTTP carries operations, so it stands on them.'],
  ['context', 'What a resolver gets: the operation’s context, the database and the hub.'],
  ['policy', 'Rules decide by the context.'],
  ['reference', 'The schema as a page for people says who reads what, so it knows the rules.'],
  ['mutations', 'A change happens in a context, by its caller’s organisation.'],
  [
    'journeys',
    'What a journey leaves undone, and what must go after it, is read and erased there.',
  ],
  ['partner', 'A partner’s server is made of all rooms before it.'],
  ['import', 'The import command opens a partner.'],
  ['testing', 'What tests need may use everything.'],
];
