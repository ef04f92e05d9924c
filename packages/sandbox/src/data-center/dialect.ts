import type { V1Dialect } from '../resources/v1-dialect.ts';
import { ancestorsOf, pagesUnder } from './contents.ts';
import { personJson, strangerJson, withUserKeys } from './people.ts';
import { linksOf } from './web-addresses.ts';

/** v1 as Data Center speaks it. */
export const dataCenterDialect: V1Dialect = {
  person: personJson,
  stranger: strangerJson,
  storage: withUserKeys,
  hasAdf: false,
  links: linksOf,
  spaceFields: ({ type }) => ({ type: type === 'personal' ? 'personal' : 'global' }),
  spaceWebui: (key) => `/display/${key}`,
  fileFields: () => ({}),
  ancestorsOf,
  pagesUnder,
};
