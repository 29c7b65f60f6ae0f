using System.Net;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>Where there is little of something, the built program refuses and lives.</summary>
[Collection(nameof(Alone))]
public sealed class SmallMachineTests
{
    private const string FewFiles = "ulimit -n 512; exec \"$@\"";
    private const int Flood = 700;

    /// <summary>192 MB, as the runtime reads it.</summary>
    private static readonly (string, string) LittleMemory = ("DOTNET_GCHeapHardLimit", "0xC000000");

    [Fact]
    public async Task A_flood_of_connections_with_512_files_is_refused_in_part_and_then_all_is_as_before()
    {
        await using var api = await ApiProcess.StartUnderAsync(FewFiles);
        var address = api.Client.BaseAddress!;
        var flood = new List<RawHttpConnection>();
        try
        {
            // The operating system takes them all; those that the process does not take yet wait there.
            for (var number = 0; number < Flood; number++)
            {
                var connection = await RawHttpConnection.OpenAsync(address);
                flood.Add(connection);
                await connection.SendAsync("GET /generations HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }

            var answers = await Task.WhenAll(flood[..200].Select(connection => connection.StatusLineAsync()));

            Assert.Equal(
                ["HTTP/1.1 200 OK", "HTTP/1.1 503 Service Unavailable"], answers.Distinct(StringComparer.Ordinal).Order());
        }
        finally
        {
            flood.ForEach(connection => connection.Dispose());
        }

        await Eventually.TrueAsync(async () => await IsServedAsync(api.Client), "It is not served again.");
        var image = await api.Client.UploadAsync();
        Assert.NotEmpty(await api.Client.OrderAsync(image, "She waves."));
        Assert.DoesNotContain("Too many open files", api.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_large_uploads_at_once_with_a_heap_of_192_MB_are_taken_or_told_to_come_again()
    {
        await using var api = await ApiProcess.StartAsync(LittleMemory);
        var picture = new byte[9_900_000];
        Client.Picture.CopyTo(picture, 0);    // what follows the end of a JPEG is not looked at

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => api.Client.UploadAsync(picture)));

        Assert.All(answers, answer => Assert.True(
            answer.StatusCode is HttpStatusCode.OK
            || (answer.StatusCode is HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null),
            $"{answer.StatusCode}\n{api.Log}"));
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.OK);
        using var after = await api.Client.UploadAsync(picture);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private static async Task<bool> IsServedAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/generations");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
