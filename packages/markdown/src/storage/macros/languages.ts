import type { MacroHandler } from '../macro.ts';
import { inLanguage } from './frames.ts';

/** The macros of a translation app: each holds a part of the page in the language it is named after. */
export const languageMacros: readonly (readonly [string, MacroHandler])[] = [
  ...'belarusian bulgarian catalan chinese croatian czech danish dutch english estonian french'.split(
    ' ',
  ),
  ...'german greek hindi hungarian icelandic irish italian japanese korean latvian lithuanian'.split(
    ' ',
  ),
  ...'maltese norwegian polish portuguese romanian russian slovak slovenian spanish thai'.split(
    ' ',
  ),
  ...'turkish ukrainian vietnamese welsh'.split(' '),
]
  .map((name): [string, MacroHandler] => [name, inLanguage(capitalised(name))])
  .concat([
    ['canadian-en', inLanguage('English (Canada)')],
    ['canadian-fr', inLanguage('French (Canada)')],
    ['english-us', inLanguage('English (US)')],
    ['norwegian-nb', inLanguage('Norwegian (Bokmål)')],
    ['portuguese-br', inLanguage('Portuguese (Brazil)')],
  ]);

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
