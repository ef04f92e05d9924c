import { convertCode, convertNoFormat } from './code.ts';
import { type MacroHandler, macros, readMacro } from './macro.ts';
import { convertDrawing, convertPlantUmlCloud, sourceFence } from './macros/diagrams.ts';
import { convertExcerpt, convertMultiExcerpt, convertPageProperties } from './macros/fragments.ts';
import {
  convertAnchor,
  convertBodyAlone,
  convertClickable,
  convertExpand,
  convertFrame,
  convertLossyFrame,
  convertStatus,
  convertSteps,
} from './macros/frames.ts';
import { convertJira } from './macros/jira.ts';
import { convertContentByLabel, convertPropertiesReport } from './macros/labelled.ts';
import { languageMacros } from './macros/languages.ts';
import {
  convertChildren,
  convertExcerptInclude,
  convertInclude,
  convertMultiExcerptInclude,
  convertPageTree,
} from './macros/late-bound.ts';
import {
  convertAnchorReference,
  convertEmbedded,
  convertFileList,
  convertFileView,
  convertPerson,
} from './macros/links.ts';
import { convertMathBlock, convertMathInline } from './macros/math.ts';
import { convertRoadmap } from './macros/roadmap.ts';
import { convertAlert, panel } from './panels.ts';
import type { ElementHandler } from './reader.ts';
import { convertUnknownMacro } from './visible-macro.ts';

/** `ac:structured-macro` and `ac:macro`. */
export const convertMacro: ElementHandler = (element, reader) => {
  const macro = readMacro(element);
  return (macroHandlers.get(macro.name) ?? convertUnknownMacro)(macro, reader);
};

/** Each has a row in `docs/macros.md`. */
export const macroHandlers: ReadonlyMap<string, MacroHandler> = new Map([
  ...macros('code', convertCode),
  ...macros('noformat', convertNoFormat),
  ...macros('info panel ui-text-box', panel('NOTE')),
  ...macros('tip success', panel('TIP')),
  ...macros('note', panel('WARNING')),
  ...macros('warning error', panel('CAUTION')),
  ...macros('alert', convertAlert),
  ...macros('expand ui-expand', convertExpand),
  ...macros('status', convertStatus),
  ...macros('anchor', convertAnchor),
  ...macros('section column align center div toc-zone', convertFrame),
  ...macros('localtab localtabgroup ui-tab ui-tabs ui-step', convertFrame),
  ...macros('chart pivot-table table-chart table-filter table-joiner', convertLossyFrame),
  ...macros('ui-steps', convertSteps),
  ...macros('clickable lozenge', convertClickable),
  ...languageMacros,
  // What only steers a printer: https://help.k15t.com/scroll-pdf-exporter
  ...macros('scroll-ignore scroll-ignore-inline scroll-only scroll-only-inline', convertBodyAlone),
  ...macros('scroll-pdf-ignore scroll-pdf-ignore-inline scroll-pdf-only', convertBodyAlone),
  ...macros('scroll-portrait scroll-landscape scroll-tablelayout', convertBodyAlone),
  ...macros('scroll-content-block scroll-indexterm scroll-bookmark', convertBodyAlone),
  ...macros('scroll-title scroll-pagetitle scroll-pagebreak scroll-exportbutton', convertBodyAlone),
  // What is made of this page alone, and what waits for a click.
  ...macros('toc livesearch pagetreesearch create-space-button', convertBodyAlone),
  ...macros('excerpt', convertExcerpt),
  ...macros('multiexcerpt multiexcerpt-macro', convertMultiExcerpt),
  ...macros('details', convertPageProperties),
  ...macros('include', convertInclude),
  ...macros('excerpt-include', convertExcerptInclude),
  ...macros('multiexcerpt-include multiexcerpt-include-macro', convertMultiExcerptInclude),
  ...macros('children', convertChildren),
  ...macros('pagetree content-tree', convertPageTree),
  ...macros('contentbylabel', convertContentByLabel),
  ...macros('detailssummary', convertPropertiesReport),
  ...macros('attachments gallery', convertFileList),
  ...macros('view-file viewdoc viewpdf viewppt viewxls multimedia', convertFileView),
  ...macros('profile profile-picture', convertPerson),
  ...macros('widget iframe html-include', convertEmbedded),
  ...macros('jira jiraissues', convertJira),
  ...macros('drawio drawio-sketch inc-drawio gliffy', convertDrawing),
  ...macros('html', sourceFence('html')),
  ...macros('markdown', sourceFence('markdown')),
  ...macros('mermaid mermaid-macro', sourceFence('mermaid')),
  ...macros('plantuml plantumlrender', sourceFence('plantuml')),
  ...macros('plantumlcloud', convertPlantUmlCloud),
  ...macros('mathblock', convertMathBlock),
  ...macros('mathinline unit', convertMathInline),
  ...macros('mathblock-ref', convertAnchorReference),
  ...macros('roadmap', convertRoadmap),
]);
