"""Texts of stories: (title, text) of ONE event, of the same in other words (TWO), and of its NEIGHBOUR."""

TEXT = (
    "The city council voted on Tuesday night to close the old bridge over the slough after inspectors found cracks in "
    "two of its beams. Residents of the east side fear longer drives to work, and the mayor promised shuttle buses from "
    "Monday on. The county will pay half of the repair, which an engineer put at four million dollars, and the state is "
    "asked for the rest. A first hearing on the money is set for the second week of May in the library on Oak Street."
)
OTHER = (
    "Firefighters pulled a horse out of an irrigation canal near Lathrop on Sunday. The animal had slipped from a muddy "
    "bank while its owner, a veterinarian, was loading hay. A crane was borrowed from a dairy, and after three hours the "
    "mare stood on dry ground again, cold but unhurt. Neighbours brought blankets, and the canal company will put a fence "
    "along the bank before the rains, as two dogs had drowned in the same place last winter."
)
ONE = (
    "Bridge over Mormon Slough closed after cracks are found",
    "Stockton closed the Lincoln Street bridge on Tuesday after Caltrans inspectors found cracks in two beams. Mayor "
    "Dana Whitfield said shuttle buses will cross Mormon Slough at Charter Way. Repairs will cost $4 million, engineer "
    "Paul Okafor told the council; San Joaquin County pays half.",
)
TWO = (
    "Lincoln Street span shut; repairs put at $4 million",
    "Drivers in south Stockton face detours for months: the span that carries Lincoln Street across Mormon Slough was "
    "shut when Caltrans crews saw cracked beams. “Nobody should risk it,” Mayor Dana Whitfield said. Paul Okafor, the "
    "engineer, wants $4 million, of which San Joaquin County has offered half.",
)
NEIGHBOUR = (
    "Stockton council hears of budget gap",
    "Mayor Dana Whitfield told the Stockton council on Tuesday that the budget is short of $11 million. San Joaquin "
    "County has cut its grant for parks. Libraries may close on Sundays, and the pool in Oak Park stays empty.",
)
