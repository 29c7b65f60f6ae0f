using System.Net;
using VideoGen.Api.Tests.EmbeddedStore;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Standalone;

/// <summary>A disk that other programs fill to the last byte, below everything the service keeps.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task On_a_full_disk_new_work_is_refused_and_what_was_accepted_goes_on_when_there_is_room()
    {
        using var disk = await SmallDisk.MountAsync(megabytes: 100);
        await using var api = await ApiProcess.StartAsync(
            ("VideoGen__DataDirectory", disk.Path), ("VideoGen__DiskReserveBytes", "0"));
        var image = await api.Client.UploadedAsync();
        List<string> accepted = [];
        for (var count = 0; count < 3; count++)
        {
            accepted.Add((await (await OrderAsync(api, image)).JsonAsync()).Text("id"));
        }

        disk.Fill();
        await RefusedAsync(api, image, accepted);
        using (var upload = await api.Client.UploadAsync(Requests.Picture))
        {
            await upload.ProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
        }

        disk.Free();
        foreach (var id in accepted)
        {
            var end = await api.Client.FinishedAsync(id);
            Assert.True(end.Text("status") == "completed", $"{end}\n{api.Log}");
        }

        using var again = await OrderAsync(api, image);
        Assert.Equal("completed", (await api.Client.FinishedAsync((await again.JsonAsync()).Text("id"))).Text("status"));
    }

    /// <summary>The last block of the store's file may still have room for an order or two: these are accepted, and count.</summary>
    private static async Task RefusedAsync(ApiProcess api, string image, List<string> accepted)
    {
        for (var orders = 0; orders < 20; orders++)
        {
            using var order = await OrderAsync(api, image);
            if (!order.IsSuccessStatusCode)
            {
                await order.ProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
                return;
            }

            accepted.Add((await order.JsonAsync()).Text("id"));
        }

        Assert.Fail("A full disk took twenty orders.");
    }

    private static Task<HttpResponseMessage> OrderAsync(ApiProcess api, string image) => api.Client.PostJsonAsync(
        "/generate-video", $$"""{"characterImageUrl":"{{image}}","script":"She waves.","duration":3,"quality":"512"}""");
}
