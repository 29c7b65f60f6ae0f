using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Media;

public sealed class MediaRegistrationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_store_is_open_once_the_host_has_started()
    {
        using var host = Compose(("VideoGen:DataDirectory", Path.Combine(_directory.Path, "new", "data")));

        await host.StartAsync();

        Assert.True(Directory.Exists(Path.Combine(_directory.Path, "new", "data", "media", "uploads")));
        Assert.NotNull(host.Services.GetService(typeof(IStorageHeadroom)));
    }

    [Theory]
    [InlineData("VideoGen:DataDirectory", "", "DataDirectory")]
    [InlineData("VideoGen:DiskReserveBytes", "-1", "DiskReserveBytes")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string field)
    {
        using var host = Compose((key, value));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_that_can_not_be_made_stops_the_start()
    {
        var file = Path.Combine(_directory.Path, "file");
        await File.WriteAllTextAsync(file, "in the way");
        using var host = Compose(("VideoGen:DataDirectory", file));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private static IHost Compose(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddFileMedia();
        return builder.Build();
    }
}
