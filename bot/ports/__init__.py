"""What the bot needs from the outside world, as small Protocols named by need. Adapters fulfil them, fakes too.

Every datetime that crosses a port is timezone-aware UTC.
"""

from bot.ports.alerting import AlertRows
from bot.ports.answering import AnswerBook, Unanswered, UnansweredRows
from bot.ports.clock import Clock
from bot.ports.correcting import CorrectionRows, RevisionRows
from bot.ports.covering import Counted, CoverageRows, Listed, Remembered
from bot.ports.delivering import DeliveryRows
from bot.ports.following import FeedRows, ListChanges
from bot.ports.keeping import Store, UnitOfWork
from bot.ports.leasing import Lease, LeaseRows
from bot.ports.measuring import FigureRows, Figures
from bot.ports.moderating import (
    AuditRows,
    ModeratorRows,
    PreviewRows,
    StandingRows,
    SuggestionRows,
    TraceRows,
)
from bot.ports.newsroom import ArticleRows, ClaimRows, Spellings, StoryRows, Tally
from bot.ports.reading import (
    Discoverer,
    Fetched,
    Fetcher,
    FetchRequest,
    FoundBy,
    FoundFeed,
    PageLinks,
    PageReader,
    PageText,
    Parser,
    Robots,
)
from bot.ports.reporting import ReportRows
from bot.ports.scope import Scope
from bot.ports.serving import ServerRows, ServerView
from bot.ports.subscribing import ChatRows, SubscriptionRows
from bot.ports.talking import (
    ChatChange,
    ChatEvent,
    ChatEvents,
    CommandDescription,
    Dispatch,
    OptionDescription,
    OptionKind,
    Platform,
    Renderer,
    Request,
    ServerEvent,
    ServerEvents,
    Suggest,
)
from bot.ports.upkeep import UpkeepRows
from bot.ports.writing import (
    PATIENCE,
    READER_WAITS,
    Original,
    Patience,
    Purpose,
    Spent,
    Summariser,
    Translator,
    WritingRows,
    Written,
)

__all__ = [
    "PATIENCE",
    "READER_WAITS",
    "AlertRows",
    "AnswerBook",
    "ArticleRows",
    "AuditRows",
    "ChatChange",
    "ChatEvent",
    "ChatEvents",
    "ChatRows",
    "ClaimRows",
    "Clock",
    "CommandDescription",
    "CorrectionRows",
    "Counted",
    "CoverageRows",
    "DeliveryRows",
    "Discoverer",
    "Dispatch",
    "FeedRows",
    "FetchRequest",
    "Fetched",
    "Fetcher",
    "FigureRows",
    "Figures",
    "FoundBy",
    "FoundFeed",
    "Lease",
    "LeaseRows",
    "ListChanges",
    "Listed",
    "ModeratorRows",
    "OptionDescription",
    "OptionKind",
    "Original",
    "PageLinks",
    "PageReader",
    "PageText",
    "Parser",
    "Patience",
    "Platform",
    "PreviewRows",
    "Purpose",
    "Remembered",
    "Renderer",
    "ReportRows",
    "Request",
    "RevisionRows",
    "Robots",
    "Scope",
    "ServerEvent",
    "ServerEvents",
    "ServerRows",
    "ServerView",
    "Spellings",
    "Spent",
    "StandingRows",
    "Store",
    "StoryRows",
    "SubscriptionRows",
    "Suggest",
    "SuggestionRows",
    "Summariser",
    "Tally",
    "TraceRows",
    "Translator",
    "Unanswered",
    "UnansweredRows",
    "UnitOfWork",
    "UpkeepRows",
    "WritingRows",
    "Written",
]
