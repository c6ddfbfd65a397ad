// Program `form`: what every page gains from a browser that runs programs.
import { lookAfterColours } from "./colours.ts";
import { lookAfterComboboxes } from "./combobox.ts";
import { lookAfterCounts } from "./count.ts";
import { lookAfterFragment } from "./fragment.ts";
import { lookAfterMenus } from "./menu.ts";
import { lookAfterPage, unfoldOnPaper } from "./page.ts";
import { lookAfterPictures } from "./picture.ts";
import { lookAfterSummary } from "./summary.ts";
import { lookAfterSwaps } from "./swaps.ts";
import { wordsFor } from "../words.ts";

const words = wordsFor(document.documentElement.lang);

function prepare(root: ParentNode): void {
  lookAfterMenus(root);
  lookAfterColours(root);
  lookAfterCounts(root, words);
  lookAfterPictures(root, words);
  lookAfterComboboxes(root, words);
  lookAfterPage(root, words);
  lookAfterSummary(root);
}

lookAfterFragment(document, window);
prepare(document);
lookAfterSwaps(words, prepare);
unfoldOnPaper();
