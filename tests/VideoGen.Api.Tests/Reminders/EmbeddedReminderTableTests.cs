using StackExchange.Redis;
using VideoGen.Api.EmbeddedStore;
using VideoGen.Api.Tests.EmbeddedStore;

namespace VideoGen.Api.Tests.Reminders;

public sealed class EmbeddedReminderTableTests : ReminderTableContract
{
    private readonly StoreFolder _folder = new();
    private EmbeddedStoreHost? _store;

    protected override async Task<IConnectionMultiplexer> ConnectAsync() => (_store = await _folder.OpenAsync()).Connection;

    public override async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }
}
