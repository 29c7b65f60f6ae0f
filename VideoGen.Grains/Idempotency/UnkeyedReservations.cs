using System.Collections.Immutable;

namespace VideoGen.Grains.Idempotency;

/// <summary>
/// The equal requests of one owner without a key, of the last quarter of an hour, oldest first. Decides which of them a request
/// repeats: where it may be a repetition of one that was accepted, it is one.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.unkeyed-reservations")]
internal sealed record UnkeyedReservations
{
    /// <summary>
    /// The official clients of OpenAI wait 10 minutes for a response, and pause for up to 8 seconds before a repetition.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>The most that are remembered.</summary>
    public const int Capacity = 32;

    [Id(0)] public ImmutableArray<UnkeyedReservation> Items { get; init; } = [];

    public UnkeyedReservation? Find(string generationId) => Items.FirstOrDefault(item => item.GenerationId == generationId);

    /// <summary>Assigns the request to the generation that it repeats, or to one of its own.</summary>
    public (UnkeyedReservations Next, UnkeyedReservation Reserved) Reserve(UnkeyedRequest request, DateTimeOffset now)
    {
        var recent = this with { Items = Items.RemoveAll(item => item.LastRequestAt + Window <= now) };
        if (recent.Items.FirstOrDefault(item => item.RequestId == request.Id || item.GenerationId == request.Id) is { } same)
        {
            return (this, same);    // this call was made before, and its reply was lost
        }

        var reserved = new UnkeyedReservation { GenerationId = request.Id, ReservedAt = now };
        if (recent.RepeatedBy(request) is { } repeated)
        {
            recent = recent with { Items = recent.Items.Remove(repeated) };
            reserved = repeated;
        }

        reserved = reserved with
        {
            RequestId = request.Id,
            Node = request.Node,
            RetryCount = Math.Max(reserved.RetryCount, request.RetryCount ?? 0),
            LastRequestAt = now,
            IsAnswered = false,
            IsLost = false,
            IsRefused = false,
        };
        return (recent.Add(reserved), reserved);
    }

    public UnkeyedReservations Accept(string generationId) =>
        Find(generationId) is { IsAccepted: false } ? Change(generationId, item => item with { IsAccepted = true }) : this;

    /// <summary>Takes note of a response that was sent, with the generation or as a refusal, or that was lost.</summary>
    public UnkeyedReservations End(string generationId, string requestId, bool isSent) => Find(generationId) switch
    {
        { IsAccepted: true, IsAnswered: false } when isSent => Change(generationId, item => item with { IsAnswered = true }),
        { IsAccepted: false } item when isSent && item.RequestId == requestId =>
            Change(generationId, item => item with { IsRefused = true }),
        { IsLost: false } item when !isSent && item.RequestId == requestId =>
            Change(generationId, item => item with { IsLost = true }),
        _ => this,
    };

    /// <summary>
    /// A repetition belongs first to what was certainly not answered, then to what is still being answered, and then to what the
    /// repetition before it was answered.
    /// </summary>
    private UnkeyedReservation? RepeatedBy(UnkeyedRequest request) => request.RetryCount switch
    {
        0 => null,
        null => Items.FirstOrDefault(item => item.IsUnanswered(request.Node)),
        { } count => Items.FirstOrDefault(item => item.IsUnanswered(request.Node) && item.RetryCount < count)
            ?? Items.FirstOrDefault(item => item.IsOpen && item.RetryCount < count)
            ?? Items.LastOrDefault(item => item.RetryCount == count - 1)
            ?? Items.LastOrDefault(item => item.RetryCount == 0)
            ?? Items.LastOrDefault(),
    };

    private UnkeyedReservations Add(UnkeyedReservation added)
    {
        var room = Items.Length < Capacity ? Items : Items.Remove(Items.FirstOrDefault(item => item.IsAnswered) ?? Items[0]);
        var index = room.Count(item => item.ReservedAt <= added.ReservedAt);
        return this with { Items = room.Insert(index, added) };
    }

    private UnkeyedReservations Change(string generationId, Func<UnkeyedReservation, UnkeyedReservation> change) =>
        Find(generationId) is { } item ? this with { Items = Items.Replace(item, change(item)) } : this;
}
