"""Small lists of English words that the rules ask for."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = words(
    """de la le du des da dos das di del della van von der den ter ten te zu bin ibn bint al el ul ben abu abd st y e
    d dell dall dello lo vom af ap mac mc"""
)
"""Parts of a surname that may be written in lower case."""
FAMILIES = words(
    """ahn bae bai ban cai cao chan chang chen cheng cheung cho choi chung cui deng ding dong du fan fang feng fu gao
    guo han hong hu huang hwang jang jeong jiang jin jung kang kim kong kwok kwon lam lau lee lei leung li liang lim lin
    liu lu luo ma mao meng moon ng oh pan park peng qian qin ren roh ryu seo shen shi shin song su sun tan tang tian
    tsai tsang tse wang wei wen wong wu xi xia xie xu xue yang yao ye yoon yu yuan yun zeng zhang zhao zheng zhong zhou
    zhu"""
)
"""Surnames of China and Korea that lead before two given names: Kim Jong Un."""
GENERATIONS = words("""jr sr ii iii iv""")
"""What tells a person from a parent or a child of the same name."""
SUFFIXES = GENERATIONS | words("""phd md esq cpa rn jd dds""")
"""What may follow a name and is no part of it."""
TITLES = words(
    """mr mrs ms miss mx dr prof professor sir dame lord lady judge justice senator sen rep representative
    congressman congresswoman president governor gov mayor chief sheriff officer sgt sergeant lt lieutenant capt
    captain col colonel gen general maj major detective deputy director secretary minister ambassador attorney
    councilman councilwoman councilmember commissioner chairman chairwoman coach pastor rev reverend father bishop
    pope king queen prince princess spokesman spokeswoman superintendent principal"""
)
"""Words in front of a person's name."""
COURTESIES = words("""mr mrs ms miss mx dr""")
"""Titles that nothing but a person has."""
PLACES_NAMED_AFTER = words(
    """park street st avenue ave road rd drive lane boulevard blvd highway parkway way trail plaza square bridge
    school schools elementary middle high academy university college institute center centre stadium arena field
    fieldhouse gym auditorium theater theatre museum library hospital clinic church building tower hall house
    hotel airport station memorial monument foundation trust fund scholarship fellowship award prize medal cup
    tournament invitational classic act law bill amendment rule doctrine group partners associates brothers sons
    band trio quartet orchestra ensemble project show experience family county township island lake river creek
    mountain beach pier wing ward day dinner lecture gallery garden gardens pavilion pool playground dam tunnel
    expressway freeway terrace courthouse"""
)
"""Words that, behind a person's name, make it the name of something else."""
OTHER_PLACE_BEFORE = words(
    """fort ft port new lake mount mt san santa santo saint st ste glen camp point pt cape el la las los le upper
    lower little great old big isle"""
)
"""Words that, in front of a place, make it another place: Fort Stockton."""
OTHER_PLACE_AFTER = words(
    """county parish township heights beach park springs hills hill island islands lake lakes river falls creek
    valley bay junction village grove point harbor harbour gardens ridge mills mountain mountains canyon forest
    estates crossing ferry landing peninsula desert hole locks rapids cove basin bluff bluffs shores acres plains
    prairie forks mound channel"""
)
"""Words that, behind a place, make it another place: Baltimore County."""
DIRECTIONS = words(
    """north south east west northern southern eastern western northeast northwest southeast southwest"""
)
"""Parts of a place."""
CIVIC_WORDS = words(
    """police council mayor city fire department sheriff officials residents school schools unified district public
    municipal superior court courthouse port airport metropolitan metro area region community chamber civic
    planning housing authority transit water parks hall clerk attorney firefighters citizens downtown government
    commission convention international regional charter health symphony zoo town borough"""
)
"""What belongs to the place of that name: Stockton City Council."""
GOVERNING = words(
    """board council committee commission court selectmen selectman selectboard alderman aldermen supervisors trustees
    magistrates brigade"""
)
"""What governs, judges or guards a place, whatever stands in front of it: Town Council, Crown Court."""
CARRIER_AFTER = words(
    """university college institute school academy record times news sun post herald tribune gazette journal star
    press daily examiner chronicle observer sentinel bulletin street st avenue ave road rd drive lane boulevard
    blvd highway hwy way parkway pike turnpike court hotel inn bank trust company co corp inc llc ltd group
    industries insurance brothers brewery declaration treaty accord agreement protocol conference summit film festival
    fc afc cf rovers wanderers athletic united"""
)
"""What merely carries a place's name: Stockton University."""
CARRIER_OF = words(
    """university bank college battle treaty siege declaration archdiocese diocese bishop archbishop duke earl lord
    school church convention massacre order knights daughters sons sisters brothers society house"""
)
"""The same, in front: University of Baltimore."""
SHIPS = words("""uss hms hmcs hmas hmnzs rms ss mv ms""")
"""What stands in front of a ship's name: USS Stockton."""
CAMPUSES = words("""uc csu suny cuny ut utsa unc umass uw""")
"""What universities in a place are called before its name: UC Davis."""
CARRYING_THINGS = words(
    """oriole orioles borealis australis cement sprouts terrier terriers retriever retrievers spaniel spaniels mastiff
    sheepdog bulldog wolfhound hamster hamsters wings broil sole sausage sausages
    mustard"""
)
"""Kinds of animals and goods that a dictionary of English enters under a town's name: a Baltimore oriole, Dover
sole. Any other word in lower case behind a place's name speaks of the place."""
SACRED = words(
    """cathedral church chapel basilica abbey parish priory hospital school academy college university seminary
    square day island"""
)
"""What is called after a saint, and not after the town of his name: St. Paul's Cathedral."""
COUNTIES = words("""county co parish borough municipality district""")
NATIONS = words(
    """afghan african albanian algerian american angolan arab argentine argentinian armenian asian australian austrian
    azerbaijani bahraini bangladeshi basque bavarian belarusian belgian bengali bolivian bosnian brazilian british
    bulgarian burmese californian cambodian cameroonian canadian catalan chadian chilean chinese colombian congolese
    cornish croatian cuban cypriot czech danish dutch ecuadorian egyptian emirati english eritrean estonian ethiopian
    european filipino finnish flemish french gambian georgian german ghanaian greek guatemalan guinean guyanese haitian
    hawaiian honduran hungarian icelandic indian indonesian iranian iraqi irish israeli italian ivorian jamaican
    japanese jordanian kazakh kenyan korean kosovar kurdish kuwaiti kyrgyz laotian latvian lebanese liberian libyan
    lithuanian macedonian malagasy malawian malaysian malian maltese mauritanian mauritian mexican moldovan mongolian
    montenegrin moroccan mozambican namibian nepalese nepali nicaraguan nigerian nigerien norwegian omani pakistani
    palestinian panamanian paraguayan peruvian polish portuguese qatari quebec romanian russian rwandan salvadoran
    saudi scottish senegalese serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian
    taiwanese tajik tanzanian texan thai tibetan tunisian turkish turkmen ugandan ukrainian uruguayan uzbek venezuelan
    vietnamese welsh yemeni zambian zimbabwean"""
)
"""Adjectives of peoples."""
ALWAYS_CAPITAL = NATIONS | words(
    """democrat democrats democratic republican republicans americans africans asians latino latinos latina hispanic
    hispanics black white native catholic catholics muslim muslims jewish jews christian christians i"""
)
"""Words with a capital that are no names: Stockton Democrats."""
SPACED_JOINTS = words("""de del di upon on am an sur under by""")
"""Words behind which a place's name may go on: Santiago de Cuba."""
OTHER_PLACE_JOINTS = SPACED_JOINTS | words("""le la en in aux lez""")
"""Words that, joined with hyphens, go on with a place's name: Stockton-on-Tees."""
LOCATIVE = words(
    """in at near from to of around outside inside through across into within toward towards for leaving"""
)
"""Prepositions in front of places."""
WHERE = words("""in near outside inside across within around""")
"""Those behind which a surname is rather a place: in Madison, but from Madison, for Madison, and at Madison."""
SETTLEMENTS = words("""town village borough township hamlet suburb suburbs outskirts mile miles center centre""")
"""What, with `of`, leads to a place's name: the town of Stockton, 5 miles of."""
STORMS = words("""hurricane storm typhoon cyclone""")
"""What bears a first name: Hurricane Florence."""
NOBLE = words("""de von van der bin ibn ben""")
"""What, in running English and behind a first name, leads to a surname: Kevin de Stockton."""
ASKING = words("""will may can""")
"""First names and common words that open a question: Will Stockton pay?"""
TOWNSPEOPLE = words(
    """man men woman women boy boys girl girls teen teens teenager couple family families mother father resident student
    students teacher teachers driver drivers doctor native farmer farmers workers voters officer officers based area"""
)
"""Whom local news call by their town: Reading man."""
DEEDS = words("""won wins lost loses beat beats said says wants plans voted votes approves rejects faces saw""")
"""Verbs of which the subject is somebody, or a town."""
CALENDAR = words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december"""
)
"""Days and months."""
SMALL_WORDS = words("""of the and for in on to at a an & de la del des du der die das und et y e""")
"""Words of a name that need no capital."""
BODIES = words(
    """board authority foundation committee council commission association union agency department district trust
    institute society league alliance coalition partnership federation bureau museum university college bank"""
)
"""Kinds of bodies; behind a company's name without its legal form, one makes it the name of another body."""
LEGAL_FORMS = words("""inc incorporated corp corporation co company ltd limited llc llp plc lp gmbh ag sa nv bv""")
"""What may follow the name of a company."""
CLAUSE_WORDS = words(
    """a an the this that these those his her its their our my your he she it they we you i who whom whose which what
    where when while why how if because although though unless until since than as but not no never nor yet is
    are was were be been being am has have had having do does did will would shall should can could may might must
    says said say in on at by for from with without of off to into onto over under about after before between
    during through against among upon toward towards per via amid despite there here then now also just only"""
)
"""Words that never stand inside of a phrase: what follows is another part of the sentence."""
ABBREVIATIONS = words(
    """mr mrs ms mx dr prof rev hon st ste ft mt sen sens rep reps gov gen col lt sgt cpl capt cmdr adm pres supt det
    insp jr sr inc corp co ltd no vs dept univ assn bros messrs atty asst dist hwy ave blvd rd pfc pvt maj ala
    ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn
    tex va vt wash wis wyo jan feb aug sept oct nov dec"""
)
"""Words after which a full stop ends no sentence."""
NOUNS_IN_ING = words(
    """accounting advertising banking bombing boxing broadcasting bullying camping cleaning clothing coaching cooking
    counseling cycling dating dining driving drilling drinking engineering farming fishing flooding fracking
    funding gambling gaming grazing grooming hiking hunting learning lending lighting lobbying logging
    manufacturing marketing mining nursing packaging parenting parking planning policing polling pricing
    processing programming publishing racing recycling reporting running sailing schooling screening sentencing
    shelling shipping shopping singing smoking spending staffing stalking surfing swimming teaching testing
    trading trafficking training understanding vaping voting wrestling writing zoning"""
)
"""Nouns besides those of which the lexicon knows a plural: parking is no form of park."""
