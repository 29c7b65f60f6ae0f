using VideoGen.SystemTests.Servers.Gpus;

namespace VideoGen.SystemTests.Servers;

/// <summary>
/// What happens to one order: a moment of a kill, or a fault of the server, or both; and how it has to end, which a kind of
/// server can change.
/// </summary>
internal sealed record ServerCase(string Name, ServerEnd End)
{
    /// <summary>The request at which the product is killed; null for no kill, or one at a stage.</summary>
    public Hold? Hold { get; init; }

    /// <summary>The stage at which the product is killed.</summary>
    public string? Stage { get; init; }

    public GpuFault? Fault { get; init; }

    public double? Seconds { get; init; }

    public int Times { get; init; } = 1;

    /// <summary>How long the run takes.</summary>
    public double RunSeconds { get; init; } = 0.5;

    /// <summary>The server is away before the order comes, and back after the kill.</summary>
    public bool IsAway { get; init; }

    /// <summary>The server restarts while the product is dead.</summary>
    public bool RestartsWhileDead { get; init; }

    /// <summary>
    /// How many uploads fail after the kill, so that a second attempt comes later than the job of the first appears.
    /// </summary>
    public int FailingUploads { get; init; }

    /// <summary>The kinds of servers that this can happen to.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = GpuServer.Kinds;

    /// <summary>Every run is charged.</summary>
    public bool Pays { get; init; }

    /// <summary>The user cancels when the run has started.</summary>
    public bool Cancels { get; init; }

    public int Duration { get; init; } = 3;

    /// <summary>How it ends at a server of kind <c>openai-videos</c>; null for the same end.</summary>
    public ServerEnd? EndAtVideos { get; init; }

    public bool IsKill => Hold is not null || Stage is not null;

    public ServerEnd EndAt(string kind) => kind == GpuServer.Kinds[1] ? EndAtVideos ?? End : End;
}

/// <summary>
/// The end of one order: the outcome, the runs that were accepted, those that a restart lost, those that finished, and the
/// attempts of the product.
/// </summary>
internal sealed record ServerEnd(string Outcome, int Accepted = 1, int Lost = 0, int Finished = 1, int Attempts = 1)
{
    /// <summary>How many attempts more do no harm, because they found the job or nobody to send it to.</summary>
    public int MoreAttempts { get; init; }

    public static readonly ServerEnd Once = new("completed");

    /// <summary>The first submit did not arrive.</summary>
    public static readonly ServerEnd SentAgain = new("completed", Attempts: 2);

    /// <summary>A restart lost the run: exactly once more.</summary>
    public static readonly ServerEnd OnceMore = new("completed", Accepted: 2, Lost: 1, Attempts: 2);

    /// <summary>A restart lost the video before it was fetched.</summary>
    public static readonly ServerEnd VideoLost = OnceMore with { Finished = 2 };

    public static readonly ServerEnd Canceled = new("canceled", Finished: 0);

    /// <summary>It was or may have been charged, so only the user may repeat it.</summary>
    public static ServerEnd NotRepeated(string code) => new($"failed: {code}", Lost: 1, Finished: 0);
}
