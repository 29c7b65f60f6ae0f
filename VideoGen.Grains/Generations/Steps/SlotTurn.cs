using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>The answer of one queue: at this upstream a generation has a slot, or its turn comes there.</summary>
internal sealed record SlotTurn(string Upstream, SlotReply Reply)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    /// <summary>A queue that is not paused comes before one that is, and then the shorter one.</summary>
    public bool IsSoonerThan(SlotTurn other) => (Reply.Pause is null, other.Reply.Pause is null) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => Reply.Position < other.Reply.Position,
    };

    /// <summary>All upstreams of the model are being drained: it waits until the operator brings one back.</summary>
    public static SlotTurn Drained(VideoModel model)
    {
        var pause = new UpstreamPause(
            GenerationErrorCode.ProviderUnavailable,
            $"The operator is taking {string.Join(", ", model.Upstreams)} out of service, and {model.Title} has no other "
            + "upstream.");
        return new SlotTurn(
            model.Upstream, new SlotReply(SlotStatus.Waiting, PauseReason: pause.Message, AskAfter: AskAgain, Pause: pause));
    }
}
