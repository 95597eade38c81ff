/** English words too common to be required or to rank by. Forms without their apostrophe, as `tokens` gives them. */
const WORDS = `
a about above across after again against all almost alone along already also although always am among an and another any
anyone anything are arent around as at be because been before being below between both but by can cannot cant could couldnt
did didnt do does doesnt doing dont down due during each eg either else enough et etc even ever every few for from further get
give given gives had has hasnt have havent having he hence her here hers herself him himself his how however i ie if im in
indeed instead into is isnt it its itself ive just last least less let like made make makes many may me might mine more
moreover most mostly much must my myself namely neither nevertheless no nor not nothing now of off often on once one only onto
or other others otherwise our ours ourselves out over own per perhaps please rather re s same several shall she should
shouldnt since so some somehow someone something still such t than that the their theirs them themselves then there thereby
therefore these they this those though through throughout thus to together too toward towards under until up upon us use used
uses using various very via was wasnt we well were werent what whatever when whenever where whereas whereby wherein whether
which while who whole whom whose why will with within without wont would wouldnt yet you your yours yourself`;

export const STOPWORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));

export function isStopword(word: string): boolean {
  return STOPWORDS.has(word);
}
